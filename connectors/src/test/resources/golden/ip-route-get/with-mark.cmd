command: ip route get 203.0.113.10 mark 51820
host: cli
at: 1795350600.25
exit: 0
unread: 0
