command: tcpdump -l -n -tt -i eth0 -Q in
host: srv
at: 1795350600.25
exit: 0
unread: 1
