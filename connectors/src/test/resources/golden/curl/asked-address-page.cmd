command: curl ifconfig.me
host: vps
at: 1795350600.25
unread: 0
recognised: no
