command: ip route get 2001:db8:192::80
host: cli
at: 1795372127.92
exit: 0
