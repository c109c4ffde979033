"""Builds the configuration packages. The same input gives the same bytes and the same version."""
import glob
import hashlib
import os
import shutil
import subprocess
import tempfile

from pitrix_conf import CONF, settings, variables, zone_of

REPO = '/pitrix/repo'
SCRIPTS = '/pitrix/build/scripts'
EPOCH = 1577836800


def files_of_global_conf():
    """Path in the package -> content: every zone's files; the node takes its own zone's."""
    found = {}
    for folder, kind in (('global', 'global'), ('boss2', 'boss2')):
        for path in sorted(glob.glob(f'{CONF}/variables/{folder}/*.yaml.*')):
            name, zone = os.path.basename(path).rsplit('.', 1)
            if zone in variables()['common']['zone_ids']:
                found[f'usr/share/pitrix-global-conf/{zone}/{kind}/{name}'] = open(path).read()
    return found


def files_of_hosts():
    values, nodes = variables(), settings()
    common = values['common']
    domain = common['mgmt_domain']
    region = str(common.get('is_region')) == '1'
    lines = []
    for zone in common['zone_ids']:
        for kind, address in (values[zone].get('vip_addresses') or {}).items():
            name = f'{zone}-{kind}' if region else kind
            lines.append(f'{address} {name}.{domain} {name}')
        for name, node in nodes.items():
            if zone_of(name, node) == zone:
                lines.append(f"{node['mgmt_network_address']} {name}.{domain} {name}")
    extra = open(f'{CONF}/variables/hosts').read() if os.path.exists(f'{CONF}/variables/hosts') else ''
    return {'usr/share/pitrix-hosts/hosts': '\n'.join(lines) + '\n' + extra}


PACKAGES = {'pitrix-global-conf': files_of_global_conf, 'pitrix-hosts': files_of_hosts}


def build(package):
    files = PACKAGES[package]()
    script = open(f'{SCRIPTS}/{package}.postinst').read()
    digest = hashlib.sha256(repr((sorted(files.items()), script)).encode()).hexdigest()[:10]
    release = open('/pitrix/version').read().strip()
    version = f'{release}+{digest}'
    target = f'{REPO}/{package}_{version}_all.deb'
    if not os.path.exists(target):
        for old in glob.glob(f'{REPO}/{package}_*.deb'):
            os.unlink(old)
        pack(package, version, {**files, 'DEBIAN/postinst': script}, target)
    return target


def pack(package, version, files, target):
    control = (f'Package: {package}\nVersion: {version}\nArchitecture: all\nMaintainer: Installer <installer@localhost>\n'
               f'Description: configuration of the platform\n')
    folder = tempfile.mkdtemp()
    try:
        for path, content in {**files, 'DEBIAN/control': control}.items():
            full = f'{folder}/{path}'
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, 'w') as stream:
                stream.write(content)
            os.chmod(full, 0o755 if path == 'DEBIAN/postinst' else 0o644)
        for path, _, names in os.walk(folder, topdown=False):
            for name in [*names, '.']:
                os.utime(os.path.join(path, name), (EPOCH, EPOCH))
        os.chmod(folder, 0o755)
        subprocess.run(['dpkg-deb', '-Znone', '--root-owner-group', '-b', folder, f'{target}.tmp'], check=True,
                       stdout=subprocess.DEVNULL, env={**os.environ, 'SOURCE_DATE_EPOCH': str(EPOCH)})
        os.rename(f'{target}.tmp', target)
    finally:
        shutil.rmtree(folder)


def write_index():
    entries = []
    for path in sorted(glob.glob(f'{REPO}/*.deb')):
        control = subprocess.run(['dpkg-deb', '-f', path], check=True, capture_output=True, text=True).stdout
        with open(path, 'rb') as stream:
            digest = hashlib.sha256(stream.read()).hexdigest()
        entries.append(f'{control}Filename: ./{os.path.basename(path)}\nSize: {os.path.getsize(path)}\nSHA256: {digest}\n')
    content = '\n'.join(entries)
    index = f'{REPO}/Packages'
    if not os.path.exists(index) or open(index).read() != content:
        with open(f'{index}.tmp', 'w') as stream:
            stream.write(content)
        os.rename(f'{index}.tmp', index)


def refresh_own_hosts(deb):
    """The firstbox is no node, but must know the names too."""
    subprocess.run(['/pitrix/upgrade/install_package.sh', deb], check=True)
