import type { Module } from '../module/module.ts'
import { acl } from './acl.ts'
import { addHost } from './add-host.ts'
import { alternatives } from './alternatives.ts'
import { apt } from './apt.ts'
import { aptKey } from './apt-key.ts'
import { aptRepository } from './apt-repository.ts'
import { archive } from './archive.ts'
import { assemble } from './assemble.ts'
import { assert } from './assert.ts'
import { authorizedKey } from './authorized-key.ts'
import { blockinfile } from './blockinfile.ts'
import { capabilities } from './capabilities.ts'
import { checkOutput } from './check-output.ts'
import { command } from './command.ts'
import { copy } from './copy.ts'
import { cron } from './cron.ts'
import { deb822Repository } from './deb822-repository.ts'
import { debconf } from './debconf.ts'
import { debug } from './debug.ts'
import { derive } from './derive.ts'
import { dnf } from './dnf.ts'
import { dpkgDivert } from './dpkg-divert.ts'
import { dpkgSelections } from './dpkg-selections.ts'
import { expect } from './expect.ts'
import { fail } from './fail.ts'
import { fetch } from './fetch.ts'
import { file } from './file.ts'
import { filesystem } from './filesystem.ts'
import { find } from './find.ts'
import { firewalld } from './firewalld.ts'
import { gatherFacts } from './gather-facts.ts'
import { gem } from './gem.ts'
import { getCertificate } from './get-certificate.ts'
import { getUrl } from './get-url.ts'
import { getent } from './getent.ts'
import { git } from './git.ts'
import { gitConfig } from './git-config.ts'
import { group } from './group.ts'
import { groupBy } from './group-by.ts'
import { hostname } from './hostname.ts'
import { htpasswd } from './htpasswd.ts'
import { includeVars } from './include-vars.ts'
import { iniFile } from './ini-file.ts'
import { interfacesFile } from './interfaces-file.ts'
import { iptables } from './iptables.ts'
import { iptablesState } from './iptables-state.ts'
import { knownHosts } from './known-hosts.ts'
import { lineinfile } from './lineinfile.ts'
import { localeGen } from './locale-gen.ts'
import { lvg } from './lvg.ts'
import { lvol } from './lvol.ts'
import { make } from './make.ts'
import { memcachedKeys } from './memcached-keys.ts'
import { modprobe } from './modprobe.ts'
import { mount } from './mount.ts'
import { mountFacts } from './mount-facts.ts'
import { mysqlDb } from './mysql-db.ts'
import { mysqlInfo } from './mysql-info.ts'
import { mysqlQuery } from './mysql-query.ts'
import { mysqlUser } from './mysql-user.ts'
import { mysqlVariables } from './mysql-variables.ts'
import { npm } from './npm.ts'
import { opensshKeypair } from './openssh-keypair.ts'
import { opensslCsr } from './openssl-csr.ts'
import { opensslCsrInfo } from './openssl-csr-info.ts'
import { opensslCsrPipe } from './openssl-csr-pipe.ts'
import { opensslDhparam } from './openssl-dhparam.ts'
import { opensslPrivatekey } from './openssl-privatekey.ts'
import { opensslPrivatekeyInfo } from './openssl-privatekey-info.ts'
import { opensslPublickey } from './openssl-publickey.ts'
import { opensslPublickeyInfo } from './openssl-publickey-info.ts'
import { packageAny } from './package.ts'
import { packageFacts } from './package-facts.ts'
import { pamLimits } from './pam-limits.ts'
import { parted } from './parted.ts'
import { pause } from './pause.ts'
import { pgCounts } from './pg-counts.ts'
import { pgMerge } from './pg-merge.ts'
import { pgMergeCheck } from './pg-merge-check.ts'
import { pgMove } from './pg-move.ts'
import { pgRestoreCluster } from './pg-restore-cluster.ts'
import { pgStandby } from './pg-standby.ts'
import { ping } from './ping.ts'
import { pip } from './pip.ts'
import { postgresqlCopy } from './postgresql-copy.ts'
import { postgresqlDb } from './postgresql-db.ts'
import { postgresqlExt } from './postgresql-ext.ts'
import { postgresqlInfo } from './postgresql-info.ts'
import { postgresqlMembership } from './postgresql-membership.ts'
import { postgresqlOwner } from './postgresql-owner.ts'
import { postgresqlPgHba } from './postgresql-pg-hba.ts'
import { postgresqlPing } from './postgresql-ping.ts'
import { postgresqlPrivs } from './postgresql-privs.ts'
import { postgresqlPublication } from './postgresql-publication.ts'
import { postgresqlQuery } from './postgresql-query.ts'
import { postgresqlRows } from './postgresql-rows.ts'
import { postgresqlSchema } from './postgresql-schema.ts'
import { postgresqlSet } from './postgresql-set.ts'
import { postgresqlSlot } from './postgresql-slot.ts'
import { postgresqlSubscription } from './postgresql-subscription.ts'
import { postgresqlTable } from './postgresql-table.ts'
import { postgresqlTablespace } from './postgresql-tablespace.ts'
import { postgresqlUser } from './postgresql-user.ts'
import { programsRunning } from './programs-running.ts'
import { pull } from './pull.ts'
import { raw } from './raw.ts'
import { readCsv } from './read-csv.ts'
import { reboot } from './reboot.ts'
import { relocate } from './relocate.ts'
import { replace } from './replace.ts'
import { rpmKey } from './rpm-key.ts'
import { script } from './script.ts'
import { seboolean } from './seboolean.ts'
import { selinux } from './selinux.ts'
import { service } from './service.ts'
import { serviceCurrent } from './service-current.ts'
import { serviceFacts } from './service-facts.ts'
import { setFact } from './set-fact.ts'
import { setStats } from './set-stats.ts'
import { setup } from './setup.ts'
import { shell } from './shell.ts'
import { shellVars } from './shell-vars.ts'
import { slurp } from './slurp.ts'
import { stat } from './stat.ts'
import { subversion } from './subversion.ts'
import { sudoers } from './sudoers.ts'
import { supervisorctl } from './supervisorctl.ts'
import { synchronize } from './synchronize.ts'
import { sysctl } from './sysctl.ts'
import { systemd } from './systemd.ts'
import { sysvinit } from './sysvinit.ts'
import { tempfile } from './tempfile.ts'
import { template } from './template.ts'
import { timezone } from './timezone.ts'
import { ufw } from './ufw.ts'
import { unarchive } from './unarchive.ts'
import { uri } from './uri.ts'
import { user } from './user.ts'
import { validateArgumentSpec } from './validate-argument-spec.ts'
import { waitFor } from './wait-for.ts'
import { waitForConnection } from './wait-for-connection.ts'
import { wordsAbsent } from './words-absent.ts'
import { x509Certificate } from './x509-certificate.ts'
import { x509CertificateInfo } from './x509-certificate-info.ts'
import { x509CertificatePipe } from './x509-certificate-pipe.ts'
import { xattr } from './xattr.ts'
import { xml } from './xml.ts'
import { yamlEdit } from './yaml-edit.ts'
import { yumRepository } from './yum-repository.ts'

/** Every module there is, in alphabetical order: the only registry. */
export const MODULES: readonly Module[] = [
  acl,
  addHost,
  alternatives,
  apt,
  aptKey,
  aptRepository,
  archive,
  assemble,
  assert,
  authorizedKey,
  blockinfile,
  capabilities,
  checkOutput,
  command,
  copy,
  cron,
  deb822Repository,
  debconf,
  debug,
  derive,
  dnf,
  dpkgDivert,
  dpkgSelections,
  expect,
  fail,
  fetch,
  file,
  filesystem,
  find,
  firewalld,
  gatherFacts,
  gem,
  getCertificate,
  getUrl,
  getent,
  git,
  gitConfig,
  group,
  groupBy,
  hostname,
  htpasswd,
  includeVars,
  iniFile,
  interfacesFile,
  iptables,
  iptablesState,
  knownHosts,
  lineinfile,
  localeGen,
  lvg,
  lvol,
  make,
  memcachedKeys,
  modprobe,
  mount,
  mountFacts,
  mysqlDb,
  mysqlInfo,
  mysqlQuery,
  mysqlUser,
  mysqlVariables,
  npm,
  opensshKeypair,
  opensslCsr,
  opensslCsrInfo,
  opensslCsrPipe,
  opensslDhparam,
  opensslPrivatekey,
  opensslPrivatekeyInfo,
  opensslPublickey,
  opensslPublickeyInfo,
  packageAny,
  packageFacts,
  pamLimits,
  parted,
  pause,
  pgCounts,
  pgMerge,
  pgMergeCheck,
  pgMove,
  pgRestoreCluster,
  pgStandby,
  ping,
  pip,
  postgresqlCopy,
  postgresqlDb,
  postgresqlExt,
  postgresqlInfo,
  postgresqlMembership,
  postgresqlOwner,
  postgresqlPgHba,
  postgresqlPing,
  postgresqlPrivs,
  postgresqlPublication,
  postgresqlQuery,
  postgresqlRows,
  postgresqlSchema,
  postgresqlSet,
  postgresqlSlot,
  postgresqlSubscription,
  postgresqlTable,
  postgresqlTablespace,
  postgresqlUser,
  programsRunning,
  pull,
  raw,
  readCsv,
  reboot,
  relocate,
  replace,
  rpmKey,
  script,
  seboolean,
  selinux,
  service,
  serviceCurrent,
  serviceFacts,
  setFact,
  setStats,
  setup,
  shell,
  shellVars,
  slurp,
  stat,
  subversion,
  sudoers,
  supervisorctl,
  synchronize,
  sysctl,
  systemd,
  sysvinit,
  tempfile,
  template,
  timezone,
  ufw,
  unarchive,
  uri,
  user,
  validateArgumentSpec,
  waitFor,
  waitForConnection,
  wordsAbsent,
  x509Certificate,
  x509CertificateInfo,
  x509CertificatePipe,
  xattr,
  xml,
  yamlEdit,
  yumRepository,
]
