command: tcpdump -l -n -tt -i eth0 -Q out udp or icmp
host: cli
at: 1795350424.673
exit: 0
