/** What is the machine's and not a namespace's: without this, `date -s` on a lab host would set the machine's clock. */
export const hostDrop = '-sys_time,-sys_module,-sys_rawio,-syslog,-wake_alarm,-mac_admin,-mac_override,-block_suspend'
