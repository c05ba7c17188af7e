command: iptables -S; iptables -t nat -S
host: srv
at: 1795350600.25
exit: 0
recognised: no
unread: 0
