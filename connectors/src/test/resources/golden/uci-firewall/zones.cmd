command: cat /etc/config/firewall
host: gw
at: 1795350600.25
