command: ping -n -D -W 1 -i 1 -c 1 -M do -s 1392 10.66.66.1
host: cli
at: 1795350694.425
exit: 1
