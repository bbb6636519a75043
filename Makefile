# Two commands. Each installs what it needs, once; a second run reuses what is there.
#   make demo [SERVE=no]     the sample election, counted and printed, then the web service
#   make test [ARGS='…']     style, types and all tests; ARGS go to pytest
.PHONY: demo test

demo:
	@sh scripts/demo.sh $(SERVE)

test:
	@sh scripts/test.sh $(ARGS)
