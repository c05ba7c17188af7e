command: dmesg -T
host: awg
at: 1795350600.25
exit: 0
