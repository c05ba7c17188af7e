command: iperf3 -c 10.66.66.1
host: srv
at: 1795350600.25
exit: 0
