-- A copied database must never send in the name of the company it was copied from.
-- The address of an HTTP service may hold a token.
UPDATE account_email_settings
   SET state = 'paused',
       password_sealed = NULL,
       http_url = NULL;
DELETE FROM ir_config_parameter
 WHERE key = 'account_email.key_fingerprint';
UPDATE account_email_settings_test
   SET profile_sealed = NULL;
UPDATE ir_cron
   SET active = false
 WHERE id IN (
    SELECT res_id
      FROM ir_model_data
     WHERE module = 'account_email' AND model = 'ir.cron'
 );
-- Without giving them back: the original goes on using them.
DELETE FROM account_email_grant;
DELETE FROM account_email_signin;
UPDATE account_email_application
   SET secret_sealed = NULL;
