@echo off
rem Installs for this user only, without a network. Python speaks to the officer; this file is plain ASCII.
setlocal enableextensions
cd /d "%~dp0"
set "TARGET=%LOCALAPPDATA%\Programs\selfeval"
set "PY="
for %%V in (3.12) do if not defined PY py -%%V -c "" >nul 2>nul && set "PY=py -%%V"
if not defined PY (
  for %%F in (python-3.12*.exe) do (
    echo Installing Python: %%F
    start /wait "" "%%F" /passive InstallAllUsers=0 Include_launcher=1 Include_tcltk=1 Include_test=0 PrependPath=0
  )
  py -3.12 -c "" >nul 2>nul && set "PY=py -3.12"
)
if not defined PY (
  echo Python 3.12 was not found. Put its installer from python.org, python-3.12.x-amd64.exe, into this folder and start again.
  pause
  exit /b 2
)
%PY% -m venv "%TARGET%" || goto failed
"%TARGET%\Scripts\python.exe" -m pip install --quiet --no-index --find-links wheels --upgrade "selfeval[model]" || goto failed
"%TARGET%\Scripts\selfeval.exe" install || goto failed
"%TARGET%\Scripts\selfeval.exe" doctor
pause
exit /b 0
:failed
echo Not installed. The lines above say why.
pause
exit /b 2
