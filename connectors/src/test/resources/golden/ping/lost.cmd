command: ping -n -D -W 1 -i 1 -c 52 10.66.66.1
host: cli
at: 1795349765.623
exit: 1
