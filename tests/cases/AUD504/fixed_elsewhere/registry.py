_agents = {}
_dispatchers = {}


def register(agent_id, graph):
    _agents[agent_id] = graph


def dispatch(agent_id, work):
    _dispatchers[agent_id] = work  # AUD504


def agent(agent_id):
    return _agents[agent_id], _dispatchers[agent_id]
