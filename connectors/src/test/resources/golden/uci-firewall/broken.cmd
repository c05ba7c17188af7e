command: uci show firewall
host: gw
at: 1795350600.25
exit: 0
unread: 0
