command: wg-quick down wg0
host: cli
at: 1795350414.737
exit: 0
