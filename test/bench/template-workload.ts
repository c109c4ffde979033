export interface TemplateWorkload {
  /** The configuration of a load balancer, about 50 lines, in the language that Jinja2, nunjucks and tsplay share. */
  readonly haproxy: string
  readonly expressions: readonly string[]
  readonly variables: Readonly<Record<string, unknown>>
}

/** What the three template engines are given; other texts each time, since V8 remembers functions that it has compiled before. */
export function createTemplateWorkload(run: number): TemplateWorkload {
  const expressions = Array.from({ length: 10_000 }, (_, index) => FORMS[index % FORMS.length]?.(index + run * 10_000) ?? '')
  return { haproxy: `${HAPROXY}# ${run}\n`, expressions, variables: VARIABLES }
}

const FORMS: readonly ((index: number) => string)[] = [
  (index) => `{{ service.name }}-${index}`,
  (index) => `{{ service.port + ${index} }}`,
  (index) => `{{ hosts[${index % 8}].name | upper }}.example`,
  (index) => `{{ 'on' if service.enabled and ${index} > 500 else 'off' }}`,
  (index) => `{{ missing_${index} | default('none') }}`,
  (index) => `{{ hosts | length * ${index} }}`,
  (index) => `/srv/{{ service.name | replace('-', '_') }}/{{ hosts[${index % 8}].address }}/${index}`,
  (index) => `{{ [1, 2, ${index}] | join('-') }}`,
  (index) => `{% if service.port == ${index} %}same{% else %}{{ service.port }}{% endif %}`,
  (index) => `{{ service.name ~ ':' ~ ${index} }}`,
]

const VARIABLES: TemplateWorkload['variables'] = {
  service: { name: 'web-shop', port: 8080, enabled: true },
  hosts: Array.from({ length: 8 }, (_, index) => ({ name: `web${index}`, address: `10.0.0.${index + 1}`, weight: index * 10, backup: index === 7 })),
  listens: Array.from({ length: 10 }, (_, index) => ({ name: `service${index}`, port: 8000 + index, mode: index % 2 === 0 ? 'http' : 'tcp', check: true })),
  global_options: { maxconn: 4096, user: 'haproxy', group: 'haproxy', timeouts: { connect: '5s', client: '50s', server: '50s' } },
  stats: { enabled: true, user: 'admin', password: 'secret', uri: '/stats' },
}

const HAPROXY = `# Written by the configuration of {{ service.name }}
global
    log /dev/log local0
    log /dev/log local1 notice
    chroot /var/lib/haproxy
    user {{ global_options.user }}
    group {{ global_options.group | default('haproxy') }}
    maxconn {{ global_options.maxconn }}
    daemon

defaults
    log global
    mode http
    option httplog
    option dontlognull
    timeout connect {{ global_options.timeouts.connect }}
    timeout client {{ global_options.timeouts.client }}
    timeout server {{ global_options.timeouts.server }}
{% for code in [400, 403, 408, 500, 502, 503, 504] %}
    errorfile {{ code }} /etc/haproxy/errors/{{ code }}.http
{% endfor %}
{% if stats.enabled %}

listen stats
    bind *:1936
    stats enable
    stats uri {{ stats.uri }}
    stats auth {{ stats.user }}:{{ stats.password }}
{% endif %}
{% for listen in listens %}

listen {{ listen.name }}
    bind *:{{ listen.port }}
    mode {{ listen.mode }}
    balance {% if listen.mode == 'http' %}roundrobin{% else %}leastconn{% endif %}

{% if listen.mode == 'http' %}
    option httpchk GET /health HTTP/1.0
    http-request set-header X-Service {{ listen.name | upper }}
{% else %}
    option tcp-check
{% endif %}
{% for host in hosts %}
    server {{ host.name }} {{ host.address }}:{{ listen.port }} weight {{ host.weight + 1 }}{% if listen.check %} check inter 2s{% endif %}{% if host.backup %} backup{% endif %}

{% endfor %}
{% endfor %}

frontend {{ service.name }}
    bind *:{{ service.port }}
    default_backend {{ listens[0].name }}
`
