command: /opt/pivpn/self_check.sh wireguard
host: pi
at: 1795350600.25
