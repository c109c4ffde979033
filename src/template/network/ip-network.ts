import { type IpVersion, WIDTH, addressText, parseAddress } from './ip-text.ts'

/** An address with the length of its network's prefix. */
export class IpNetwork {
  readonly version: IpVersion
  readonly value: bigint
  readonly prefix: number

  constructor(version: IpVersion, value: bigint, prefix: number) {
    this.version = version
    this.value = value
    this.prefix = prefix
  }

  /** Reads `10.0.0.1`, `10.0.0.0/8`, `10.0.0.0/255.0.0.0`; undefined for what is no address. */
  static parse(text: string): IpNetwork | undefined {
    const [address = '', prefix, ...rest] = text.trim().split('/')
    const parsed = parseAddress(address)
    if (parsed === undefined || rest.length > 0) return undefined
    const length = prefix === undefined ? WIDTH[parsed.version] : prefixLength(prefix, parsed.version)
    return length === undefined ? undefined : new IpNetwork(parsed.version, parsed.value, length)
  }

  get hostBits(): bigint {
    return BigInt(WIDTH[this.version] - this.prefix)
  }

  get size(): bigint {
    return 1n << this.hostBits
  }

  get hostMask(): bigint {
    return this.size - 1n
  }

  get first(): bigint {
    return this.value & ~this.hostMask
  }

  get last(): bigint {
    return this.first | this.hostMask
  }

  get isNetworkAddress(): boolean {
    return this.value === this.first
  }

  /** Networks of one or two IPv4 addresses have none. */
  get broadcast(): bigint | undefined {
    return this.version === 4 && this.hostBits <= 1n ? undefined : this.last
  }

  /** First and last address that a host can have. */
  get usable(): readonly [bigint, bigint] | undefined {
    if (this.size === 1n) return undefined
    return this.size === 2n ? [this.first, this.last] : [this.first + 1n, this.last - 1n]
  }

  get address(): string {
    return this.text(this.value)
  }

  get netmask(): string {
    return this.text((1n << BigInt(WIDTH[this.version])) - 1n ^ this.hostMask)
  }

  text(value: bigint): string {
    return addressText(value, this.version)
  }

  contains(other: IpNetwork): boolean {
    return other.version === this.version && other.first >= this.first && other.last <= this.last
  }

  toString(): string {
    return `${this.address}/${this.prefix}`
  }
}

function prefixLength(text: string, version: IpVersion): number | undefined {
  if (/^\d{1,3}$/.test(text)) return Number(text) <= WIDTH[version] ? Number(text) : undefined
  const mask = parseAddress(text)
  if (mask?.version !== version) return undefined
  const bits = mask.value.toString(2).padStart(WIDTH[version], '0')
  return /^1*0*$/.test(bits) ? bits.replace(/0+$/, '').length : undefined
}
