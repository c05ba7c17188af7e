command: reg query HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters /v IPEnableRouter
host: srv
at: 1795350600.25
exit: 0
