# Thin aliases: make need not be on the machine, dev.py does the work.
.PHONY: run test check setup

run test check setup:
	python3 dev.py $@
