"""What Odoo does not take away by itself when the addon goes."""


def uninstall_hook(env):
    """Hosts on private networks were opened for this addon alone."""
    # sudo: uninstalling is the administrator's
    ours = [("key", "=like", r"account\_email.%")]
    env["ir.config_parameter"].sudo().search(ours).unlink()
