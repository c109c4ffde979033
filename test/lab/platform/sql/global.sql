CREATE TABLE region (
  region_id varchar(50) PRIMARY KEY,
  region_name varchar(100)
);
CREATE TABLE zone (
  zone_id varchar(50) PRIMARY KEY,
  zone_code integer NOT NULL UNIQUE,
  status varchar(20) NOT NULL,
  front_gates text NOT NULL DEFAULT '',
  region_id varchar(50) NOT NULL DEFAULT ''
);
CREATE TABLE user_zone (
  user_id varchar(50) NOT NULL,
  zone_id varchar(50) NOT NULL,
  privilege integer NOT NULL DEFAULT 1,
  role varchar(50) NOT NULL DEFAULT 'user',
  default_in_region varchar(50) NOT NULL DEFAULT '',
  PRIMARY KEY (user_id, zone_id)
);
CREATE TABLE notice (
  notice_id varchar(50) PRIMARY KEY,
  title text,
  content text
);
