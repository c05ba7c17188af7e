command: tcpdump -l -n -tt -i eth0 -Q in udp or icmp
host: srv
at: 1795350681.41
exit: 0
