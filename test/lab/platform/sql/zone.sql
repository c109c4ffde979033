CREATE TABLE scheduler (
  scheduler_id varchar(50) PRIMARY KEY,
  task_type varchar(50) NOT NULL,
  handle_server varchar(100) NOT NULL,
  next_run timestamp NOT NULL
);
CREATE TABLE alarm_policy (
  alarm_policy_id varchar(50) PRIMARY KEY,
  name text,
  group_id varchar(100) NOT NULL,
  rules jsonb NOT NULL DEFAULT '[]'
);
CREATE TABLE hyper (
  hyper_id varchar(50) PRIMARY KEY,
  zone_id varchar(50) NOT NULL,
  mgmt_ip inet NOT NULL,
  status varchar(20) NOT NULL,
  cpu_cores integer NOT NULL,
  memory_mb integer NOT NULL
);
CREATE TABLE image (
  image_id varchar(50) PRIMARY KEY,
  name text,
  provider varchar(20) NOT NULL,
  size_gb integer NOT NULL,
  create_time timestamp NOT NULL
);
CREATE TABLE vxnet (
  vxnet_id varchar(50) PRIMARY KEY,
  name text,
  owner varchar(50) NOT NULL,
  vni integer NOT NULL,
  network cidr
);
CREATE TABLE service_ip_pool (
  ip_addr inet PRIMARY KEY,
  vxnet_id varchar(50) NOT NULL DEFAULT '',
  status varchar(20) NOT NULL
);
CREATE TABLE router (
  router_id varchar(50) PRIMARY KEY,
  owner varchar(50) NOT NULL,
  vgateway varchar(50) NOT NULL,
  config text
);
CREATE TABLE security_group (
  security_group_id varchar(50) PRIMARY KEY,
  owner varchar(50) NOT NULL,
  rules text[]
);
CREATE TABLE keypair (
  keypair_id varchar(50) PRIMARY KEY,
  owner varchar(50) NOT NULL,
  fingerprint bytea NOT NULL
);
CREATE TABLE instance (
  instance_id varchar(50) PRIMARY KEY,
  name text,
  owner varchar(50) NOT NULL,
  image_id varchar(50) NOT NULL,
  hyper_id varchar(50),
  status varchar(20) NOT NULL,
  vcpus smallint NOT NULL,
  memory_mb integer NOT NULL,
  user_data text,
  create_time timestamp with time zone NOT NULL
);
CREATE TABLE volume (
  volume_id varchar(50) PRIMARY KEY,
  name text,
  instance_id varchar(50) REFERENCES instance,
  size_gb integer NOT NULL,
  price numeric(12,4)
);
CREATE TABLE eip (
  eip_id varchar(50) PRIMARY KEY,
  address inet NOT NULL UNIQUE,
  instance_id varchar(50) REFERENCES instance,
  bandwidth integer NOT NULL,
  associated boolean NOT NULL
);
-- sorts before instance and vxnet, so a dump must follow the foreign keys
CREATE TABLE attached_nic (
  instance_id varchar(50) NOT NULL REFERENCES instance,
  vxnet_id varchar(50) NOT NULL REFERENCES vxnet,
  private_ip inet,
  PRIMARY KEY (instance_id, vxnet_id)
);
CREATE TABLE resource_tag (
  resource_id varchar(50) NOT NULL,
  tag_key text NOT NULL,
  tag_value text,
  PRIMARY KEY (resource_id, tag_key)
);
CREATE TABLE job (
  job_id varchar(50) PRIMARY KEY,
  action varchar(50) NOT NULL,
  directive json,
  status varchar(20) NOT NULL,
  seconds double precision
);
CREATE TABLE alert_event (
  event_id bigserial PRIMARY KEY,
  alarm_policy_id varchar(50) NOT NULL,
  message text,
  raised timestamp NOT NULL
);
