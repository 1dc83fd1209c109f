"""selfeval: fill, compute, check and hand over 项目支出绩效自评表 (self-evaluations of project spending)."""

__version__ = "0.1.0"
