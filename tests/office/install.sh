#!/bin/sh
# Installs LibreOffice for the tests where the system's package manager lets us; says so where it does not.
# Never fails: without LibreOffice its tests are skipped by name, and with CI=true they fail one by one.
set -u
packages="libreoffice-calc libreoffice-writer python3-uno fonts-noto-cjk fontconfig poppler-utils xvfb xdotool scrot"

present() {
    command -v Xvfb >/dev/null && command -v xdotool >/dev/null && command -v scrot >/dev/null &&
        command -v soffice >/dev/null && command -v pdftoppm >/dev/null && command -v fc-match >/dev/null &&
        /usr/bin/python3 -I -c 'import uno' 2>/dev/null && fc-match ':lang=zh-cn' family | grep -qi cjk
}

present && exit 0
if ! command -v apt-get >/dev/null; then
    echo "LibreOffice: no apt-get here; install LibreOffice with its Python (uno), Noto CJK fonts and poppler by hand" >&2
    exit 0
fi
if [ "$(id -u)" -eq 0 ]; then
    as_root="env"
elif sudo -n true 2>/dev/null; then
    as_root="sudo -n env"
else
    echo "LibreOffice: not allowed to install it; run: sudo apt-get install $packages" >&2
    exit 0
fi

echo "LibreOffice: installing $packages" >&2
log=$(mktemp)
install="$as_root DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 -y"
# shellcheck disable=SC2086 # both variables hold several words on purpose
if $install update >"$log" 2>&1 && $install install --no-install-recommends $packages >>"$log" 2>&1; then
    echo "LibreOffice: installed" >&2
else
    echo "LibreOffice: could not be installed:" >&2
    tail -n 5 "$log" >&2
fi
rm -f "$log"
exit 0
