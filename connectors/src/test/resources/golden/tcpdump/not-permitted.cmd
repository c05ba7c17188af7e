command: tcpdump -n -i eth0
host: srv
at: 1795350600.25
exit: 1
recognised: no
