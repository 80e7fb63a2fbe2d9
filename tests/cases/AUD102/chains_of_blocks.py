"""Nodes of a chain of blocks are asked over the network."""

from web3 import AsyncWeb3, HTTPProvider, Web3


async def balance(client: Web3, address):
    return client.eth.get_balance(client.to_checksum_address(address))  # AUD102


async def sent(address, data):
    client = Web3(HTTPProvider(address))
    number = client.eth.send_raw_transaction(data)  # AUD102
    return client.eth.wait_for_transaction_receipt(number)  # AUD102


async def asynchronous(client: AsyncWeb3, address):
    return await client.eth.get_balance(address)


async def only_made(client: Web3, address, interface):
    return client.eth.contract(address=address, abi=interface)
