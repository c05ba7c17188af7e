command: tcpdump -l -n -tt -i eth0 -Q in udp or icmp
host: cli
at: 1795350044.62
exit: 0
