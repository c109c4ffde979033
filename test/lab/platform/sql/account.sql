CREATE TABLE console (
  console_id varchar(50) PRIMARY KEY,
  console_name varchar(100) NOT NULL,
  zones text NOT NULL DEFAULT '',
  status varchar(20) NOT NULL DEFAULT 'active'
);
CREATE TABLE user_account (
  user_id varchar(50) PRIMARY KEY,
  user_name text,
  email varchar(200) UNIQUE,
  privilege integer NOT NULL DEFAULT 1,
  status varchar(20) NOT NULL DEFAULT 'active'
);
CREATE TABLE access_key (
  access_key_id varchar(50) PRIMARY KEY,
  user_id varchar(50) NOT NULL REFERENCES user_account,
  secret_hash bytea,
  status varchar(20) NOT NULL DEFAULT 'active'
);
