"""Messages that wait before they are sent: for their moment, or for as long as one may regret."""
