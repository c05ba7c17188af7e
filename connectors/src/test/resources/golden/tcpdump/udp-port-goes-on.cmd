command: sudo tcpdump -n -i eth0 udp port 51820
host: srv
at: 1795350600.25
