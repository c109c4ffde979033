/** Variables that only one kind of connection reads, by what they are to it; the first that is set counts. */
export const KIND_VARIABLES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  openssh: { executable: ['ansible_ssh_executable'] },
  chroot: { executable: ['ansible_chroot_exe'] },
  docker: { container: ['ansible_docker_host', 'ansible_docker_container'], executable: ['ansible_docker_command'], extraArgs: ['ansible_docker_extra_args'] },
  podman: { container: ['ansible_podman_host'], executable: ['ansible_podman_executable'], extraArgs: ['ansible_podman_extra_args'] },
  kubectl: clusterVariables('kubectl'),
  oc: clusterVariables('oc'),
}

function clusterVariables(program: string): Readonly<Record<string, readonly string[]>> {
  const named = (...names: readonly string[]): readonly string[] => names.map((name) => `ansible_${program}_${name}`)
  return {
    pod: named('pod'), container: named('container'), namespace: named('namespace'), context: named('context'), kubeconfig: named('kubeconfig', 'config'),
    server: named('host', 'server'), caCert: named('ca_cert', 'ssl_ca_cert'), clientCert: named('client_cert', 'cert_file'), clientKey: named('client_key', 'key_file'),
    extraArgs: named('extra_args'), executable: named('executable'),
  }
}
