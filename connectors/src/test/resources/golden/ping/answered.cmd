command: ping -n -D -W 1 -i 1 -c 4 10.66.66.2
host: srv
at: 1795350264.761
exit: 0
