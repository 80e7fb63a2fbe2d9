"""Functions of contracts, which are asked for by a call of their own."""

from web3 import Web3


async def balance(web: Web3, address: str):
    contract = web.eth.contract(address=address)
    built = contract.functions.transfer(address, 1).build_transaction({"nonce": 0})
    return contract.functions.balanceOf(address).call(), built  # AUD102
