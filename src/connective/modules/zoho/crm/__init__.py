"""What is asked of Zoho CRM over its API, version 8."""
