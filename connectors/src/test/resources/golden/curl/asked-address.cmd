command: curl -4 ifconfig.me; echo
host: vps
at: 1795350600.25
recognised: no
