command: iptables -S | grep -v ufw
host: srv
at: 1795350600.25
