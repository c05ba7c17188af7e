command: tcpdump -i eth2 icmp -n
host: srv
at: 1795350600.25
