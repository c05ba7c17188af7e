command: tcpdump -e -n -i eth1
host: srv
at: 1795350600.25
exit: 0
