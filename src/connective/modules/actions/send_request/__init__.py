"""The actions `send_request` and `send_me`: any HTTP call, its answer mapped to variables."""
