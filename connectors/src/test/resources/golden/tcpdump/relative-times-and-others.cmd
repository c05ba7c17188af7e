command: tcpdump -ttt -n -i eth0 -Q out
host: srv
at: 1795350600.25
exit: 0
