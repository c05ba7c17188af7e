command: tcpdump -l -n -tt -i eth0 -Q in udp or icmp
host: srv
at: 1795349476.661
exit: 0
