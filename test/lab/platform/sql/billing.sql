CREATE TABLE leasing (
  resource_id varchar(50) PRIMARY KEY,
  user_id varchar(50) NOT NULL,
  resource_type varchar(30) NOT NULL,
  zone varchar(50) NOT NULL,
  status varchar(20) NOT NULL
);
CREATE TABLE charge_record (
  record_id varchar(50) PRIMARY KEY,
  resource_id varchar(50) NOT NULL,
  zone varchar(50) NOT NULL,
  fee numeric(16,6) NOT NULL,
  start_time timestamp NOT NULL
);
CREATE TABLE price (
  price_id varchar(50) PRIMARY KEY,
  resource_type varchar(30) NOT NULL,
  zone varchar(50) NOT NULL,
  unit_price numeric(16,6) NOT NULL
);
CREATE TABLE reserved_contract (
  contract_id varchar(50) PRIMARY KEY,
  user_id varchar(50) NOT NULL,
  zone_id varchar(50) NOT NULL,
  region_id varchar(50) NOT NULL DEFAULT '',
  note text
);
CREATE TABLE balance (
  user_id varchar(50) PRIMARY KEY,
  amount numeric(16,6) NOT NULL
);
