import type { ChainCase } from './chain-case.ts'
import { FIREWALL_CASES } from './firewall-cases.ts'

/** Tasks that depend on what earlier ones would have done. */
export const CHAIN_CASES: readonly ChainCase[] = [
  {
    name: 'a diversion moves files, and others come in their place',
    tasks: `
- file: {path: /srv/app, state: directory}
- copy: {content: "a\\n", dest: /srv/app/tool}
- dpkg_divert: {path: /srv/app/tool, divert: /srv/app/tool.real, rename: true}
- stat: {path: /srv/app/tool}
- stat: {path: /srv/app/tool.real}
- copy: {content: "b\\n", dest: /srv/app/tool}
- dpkg_divert: {path: /srv/app/other}
- dpkg_divert: {path: /srv/app/other, divert: /srv/app/elsewhere}
- dpkg_divert: {path: /srv/app/other, state: absent}
- dpkg_divert: {path: /usr/bin/cal}
- lineinfile: {path: /srv/app/tool.real, line: c}
`,
    again: ['copy', 'copy', 'dpkg_divert', 'dpkg_divert', 'dpkg_divert'],
  },
  {
    name: 'files in one folder, one after another',
    tasks: `
- file: {path: /srv/etc, state: directory, mode: '0750'}
- ini_file: {path: /srv/etc/app.ini, section: one, option: a, value: '1'}
- ini_file: {path: /srv/etc/app.ini, section: one, option: b, value: '2'}
- ini_file: {path: /srv/etc/app.ini, section: one, option: a, value: '1'}
- ini_file: {path: /srv/etc/other.ini, section: two, option: c, value: '3', mode: '0600'}
- git_config: {scope: file, file: /srv/etc/gitconfig, name: user.name, value: Someone}
- git_config: {scope: file, file: /srv/etc/gitconfig, name: user.email, value: someone@example.org}
- git_config: {scope: file, file: /srv/etc/gitconfig, name: user.name, value: Someone}
- htpasswd: {path: /srv/etc/users, name: alice, password: secret-a, hash_scheme: plaintext}
- htpasswd: {path: /srv/etc/users, name: alice, password: secret-a, hash_scheme: plaintext}
- pam_limits: {dest: /srv/etc/limits, domain: app, limit_type: soft, limit_item: nofile, value: '1024'}
- pam_limits: {dest: /srv/etc/limits, domain: app, limit_type: soft, limit_item: nofile, value: '1024'}
- known_hosts: {path: /srv/etc/known, name: example.org, key: "example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"}
- file: {path: /srv/etc, state: directory, mode: '0755'}
- ini_file: {path: /srv/etc/app.ini, section: one, option: b, state: absent}
- file: {path: /srv/etc/app.ini, owner: daemon}
- lineinfile: {path: /srv/etc/app.ini, line: '# end'}
- stat: {path: /srv/etc/app.ini}
- stat: {path: /srv/etc}
- find: {paths: /srv/etc}
`,
    again: ['file', 'ini_file', 'file', 'ini_file'],
  },
  {
    name: 'alternatives of programs that were just put there',
    tasks: `
- file: {path: /srv/bin, state: directory}
- copy: {dest: "/srv/bin/{{ item }}", content: "#!/bin/sh\\necho {{ item }}\\n", mode: '0755'}
  loop: [one, two]
- alternatives: {name: pick, link: /usr/local/bin/pick, path: /srv/bin/one, priority: 10}
- stat: {path: /usr/local/bin/pick, follow: true}
- stat: {path: /etc/alternatives/pick}
- stat: {path: /etc/alternatives/editor}
- alternatives: {name: pick, link: /usr/local/bin/pick, path: /srv/bin/two, priority: 20, state: present}
- stat: {path: /etc/alternatives/pick}
- alternatives: {name: pick, path: /srv/bin/two, state: auto}
- alternatives: {name: pick, path: /srv/bin/one, state: absent}
- alternatives: {name: other, link: /usr/local/bin/other, path: /srv/bin/one}
- alternatives: {name: other, link: /usr/local/bin/other, path: /srv/bin/two}
- stat: {path: /etc/alternatives/pick}
`,
    again: ['alternatives', 'alternatives', 'alternatives', 'alternatives', 'alternatives'],
  },
  {
    name: 'a user, and what depends on there being one',
    tasks: `
- group: {name: app, gid: 4100}
- user: {name: app, uid: 4100, group: app, home: /srv/app, shell: /bin/sh}
- authorized_key: {user: app, key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl someone}
- authorized_key: {user: app, key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGfqTQVOHNXCvMbWDTZVnJGPmNk3bgHAa0WZlSqfXEPS other}
- sudoers: {name: app, user: app, commands: /bin/true, nopassword: true}
- sudoers: {name: app, user: app, commands: /bin/true, nopassword: true}
- sudoers: {name: other, user: app, commands: [/bin/ls, /bin/cat]}
- copy: {dest: /srv/app/conf, content: x, owner: app, group: app}
- file: {path: /srv/app/data, state: directory, owner: app, group: app, mode: '0700'}
- user: {name: app, groups: [adm], append: true}
- user: {name: app, comment: The app}
- group: {name: app, gid: 4100}
- getent: {database: passwd, key: root}
- user: {name: plain}
- authorized_key: {user: plain, key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGfqTQVOHNXCvMbWDTZVnJGPmNk3bgHAa0WZlSqfXEPS other}
- copy: {dest: /home/plain/x, content: x, owner: plain}
- stat: {path: /srv/app/.ssh/authorized_keys}
`,
    // Numbers and shells that the host chooses are not known before; the group's is, but not what others are in it.
    unknown: ['user', 'user', 'group', 'getent'],
    impossible: ['user', 'user', 'user', 'user', 'cannot'],
    left: /^\/(?:home\/plain|srv\/app|etc\/(?:passwd|group|shadow|gshadow|subuid|subgid))/,
  },
  {
    name: 'tasks of a user who is to be made',
    tasks: `
- user: {name: worker, home: /srv/worker, shell: /bin/sh}
- copy: {content: mine, dest: /srv/worker/mine}
  become: true
  become_user: worker
  become_method: su
- stat: {path: /srv/worker/mine}
- command: id -un
  become: true
  become_user: worker
  become_method: su
- stat: {path: /srv/worker}
`,
    unknown: ['copy', 'stat', 'command'],
    again: ['command'],
    impossible: ['user'],
    left: /^\/(?:srv\/worker|etc\/(?:passwd|group|shadow|gshadow|subuid|subgid))/,
  },
  {
    name: 'archives of what was just made, unpacked again',
    tasks: `
- file: {path: "/srv/{{ item }}", state: directory}
  loop: [in, out, elsewhere]
- copy: {dest: /srv/in/a, content: "a\\n"}
- archive: {path: /srv/in, dest: /srv/in.tgz}
- stat: {path: /srv/in.tgz}
- stat: {path: /srv/in/a}
- unarchive: {src: /srv/in.tgz, dest: /srv/out, remote_src: true}
- stat: {path: /srv/out/in/a}
- stat: {path: /srv/elsewhere}
- copy: {dest: /srv/elsewhere/b, content: "b\\n"}
- archive: {path: /srv/in/a, dest: /srv/a.gz, remove: true}
- stat: {path: /srv/in/a}
`,
    // What is in an archive shows when it is there.
    unknown: ['archive', 'stat', 'unarchive', 'stat', 'archive', 'stat'],
    // Whether it is packed anew hangs on the second it was packed in.
    again: 'any',
    impossible: ['archive', 'unarchive', 'archive'],
    left: /^\/srv\/(?:a\.gz|in\.tgz)/,
  },
  {
    name: 'programs that build in a folder',
    tasks: `
- file: {path: "/srv/{{ item }}", state: directory}
  loop: [m, app, r]
- copy: {dest: /srv/m/Makefile, content: "out: in\\n\\tcp in out\\n"}
- copy: {dest: /srv/m/in, content: x}
- make: {chdir: /srv/m}
- stat: {path: /srv/m/out}
- stat: {path: /srv/app}
- copy: {dest: /srv/app/package.json, content: '{"name": "app", "version": "1.0.0"}'}
- npm: {path: /srv/app}
- stat: {path: /srv/app/node_modules}
- stat: {path: /srv/app/package.json}
- gem: {name: nothing-of-this-name, state: absent, user_install: false}
- stat: {path: /srv/r}
- command: {cmd: git init -q /srv/r/repo, creates: /srv/r/repo}
- git: {repo: /srv/r/repo, dest: /srv/r/clone}
  ignore_errors: true
- stat: {path: /srv/r/clone}
`,
    unknown: ['make', 'stat', 'npm', 'stat', 'stat', 'git', 'stat'],
    again: ['npm'],
    impossible: ['git', 'npm'],
    fails: ['git'],
  },
  {
    name: 'locales, time zone, name of the host',
    tasks: `
- locale_gen: {name: de_DE.UTF-8}
- locale_gen: {name: de_DE.UTF-8}
- locale_gen: {name: fr_FR.UTF-8}
- lineinfile: {path: /etc/locale.gen, line: '# end'}
- locale_gen: {name: de_DE.UTF-8, state: absent}
- timezone: {name: Europe/Berlin}
- timezone: {name: Europe/Berlin}
- stat: {path: /etc/localtime}
- slurp: {src: /etc/timezone}
- timezone: {name: Asia/Tokyo}
- hostname: {name: web1.example.org}
- hostname: {name: web1.example.org}
- slurp: {src: /etc/hostname}
- command: hostname
`,
    unknown: ['timezone'],
    again: ['locale_gen', 'locale_gen', 'timezone', 'timezone', 'command'],
    // locale-gen makes all that locale.gen names, and nothing else.
    left: /^\/usr\/lib\/locale\/locale-archive/,
  },
  {
    name: 'file capabilities, attributes, access lists of files that were just made',
    tasks: `
- file: {path: /srv/x, state: directory}
- copy: {src: /bin/true, dest: /srv/x/tool, remote_src: true, mode: '0755'}
- capabilities: {path: /srv/x/tool, capability: cap_net_raw+ep}
- capabilities: {path: /srv/x/tool, capability: cap_net_raw+ep}
- xattr: {path: /srv/x/tool, key: user.note, value: mine}
- xattr: {path: /srv/x/tool, key: user.note, value: mine}
- xattr: {path: /srv/x/tool, key: user.other, value: yours}
- xattr: {path: /srv/x/tool, key: user.note, state: absent}
- stat: {path: /srv/x/tool}
- capabilities: {path: /srv/x/tool, capability: cap_net_raw, state: absent}
- capabilities: {path: /usr/bin/ls, capability: cap_net_raw+ep}
- xattr: {path: /usr/bin/ls, key: user.note, value: mine}
- acl: {path: /etc/hosts, entity: daemon, etype: user, permissions: rw, state: present}
- stat: {path: /etc/hosts}
- slurp: {src: /etc/hosts}
- acl: {path: /etc/hosts, entity: daemon, etype: user, permissions: rw, state: present}
- acl: {path: /srv/x/tool, entity: daemon, etype: user, permissions: rx, state: present}
- acl: {path: /srv/x, entity: daemon, etype: user, permissions: rwx, state: present, default: true}
`,
    unknown: ['acl', 'acl'],
    again: ['capabilities', 'xattr', 'xattr', 'capabilities'],
  },
  {
    name: 'kernel settings and modules',
    tasks: `
- sysctl: {name: net.ipv4.ip_forward, value: '1', sysctl_file: /etc/sysctl.d/90-x.conf, sysctl_set: true}
- sysctl: {name: net.ipv4.ip_forward, value: '1', sysctl_file: /etc/sysctl.d/90-x.conf, sysctl_set: true}
- sysctl: {name: net.ipv4.conf.all.rp_filter, value: '2', sysctl_file: /etc/sysctl.d/90-x.conf, reload: false}
- sysctl: {name: net.ipv4.conf.all.accept_redirects, value: '0', sysctl_set: true, reload: false}
- command: sysctl -n net.ipv4.ip_forward
- slurp: {src: /etc/sysctl.d/90-x.conf}
- sysctl: {name: net.ipv4.conf.all.rp_filter, state: absent, sysctl_file: /etc/sysctl.d/90-x.conf, reload: false}
- sysctl: {name: net.ipv4.tcp_keepalive_time, value: '600', reload: true, sysctl_file: /etc/sysctl.d/91-x.conf}
`,
    // Whether a host forwards changes other parameters.
    unknown: ['sysctl'],
    again: ['sysctl', 'command', 'sysctl'],
  },
  {
    name: 'mounts and the table of them',
    tasks: `
- file: {path: /srv/data, state: directory}
- mount: {path: /srv/tmp, src: tmpfs, fstype: tmpfs, opts: 'size=1m,mode=0700', state: mounted}
- mount: {path: /srv/tmp, src: tmpfs, fstype: tmpfs, opts: 'size=1m,mode=0700', state: mounted}
- stat: {path: /srv/tmp}
- mount: {path: /srv/bind, src: /srv/data, fstype: none, opts: bind, state: mounted}
- mount: {path: /srv/later, src: /dev/sdz1, fstype: ext4, opts: 'noauto,defaults', passno: '2', state: present}
- mount: {path: '/srv/with space', src: LABEL=x, fstype: ext4, opts: noauto, state: present}
- slurp: {src: /etc/fstab}
- mount: {path: /srv/tmp, src: tmpfs, fstype: tmpfs, opts: 'size=2m,mode=0700', state: mounted}
- mount: {path: /srv/later, state: absent_from_fstab}
- mount: {path: /srv/bind, state: unmounted}
- mount: {path: /srv/bind, state: absent}
- mount: {path: /srv/eph, src: tmpfs, fstype: tmpfs, state: ephemeral}
- lineinfile: {path: /etc/fstab, line: '# end'}
`,
    // What lies below a mount shows when it is gone.
    unknown: ['stat', 'mount', 'mount', 'lineinfile'],
    again: ['mount', 'mount', 'mount', 'mount', 'mount', 'mount', 'mount'],
  },
  ...FIREWALL_CASES,
  {
    name: 'settings of packages',
    tasks: `
- debconf: {name: tzdata, question: tzdata/Areas, value: Europe, vtype: select}
- debconf: {name: tzdata, question: tzdata/Areas, value: Europe, vtype: select}
- dpkg_selections: {name: dash, selection: hold}
- dpkg_selections: {name: dash, selection: hold}
- dpkg_selections: {name: dash, selection: install}
- copy: {dest: /srv/interfaces, content: "auto lo\\niface lo inet loopback\\n"}
- interfaces_file: {dest: /srv/interfaces, iface: lo, option: mtu, value: '9000'}
- interfaces_file: {dest: /srv/interfaces, iface: lo, option: mtu, value: '9000'}
- modprobe: {name: tsplay_none, state: absent}
- cron: {name: a, job: /bin/true, cron_file: ours, user: root}
- cron: {name: b, job: /bin/true, cron_file: ours, user: root}
- cron: {name: a, cron_file: ours, state: absent}
- cron: {name: PATH, env: true, job: /bin, cron_file: ours, user: root}
- slurp: {src: /etc/cron.d/ours}
`,
    again: ['dpkg_selections', 'dpkg_selections', 'copy', 'interfaces_file', 'cron', 'cron'],
  },
]
