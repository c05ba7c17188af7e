command: dig +time=2 +tries=1 +short @10.66.66.1 web.lab.test
host: cli
at: 1795349797.623
exit: 9
